"""Tables that people edit: one reader of delimited text, and a file for each table."""
