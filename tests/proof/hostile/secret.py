"""The sentence that every speaker of a hostile transcript says, and that no message may hold."""

SECRET = "Zanderquill"  # a word of it that nothing else holds
SENTENCE = f"The {SECRET} hums beneath our orchard wall."
