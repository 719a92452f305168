"""Every noun of the toolkit: frozen dataclasses, standard library only. Import them from their modules."""
