"""What `doctor` looks at outside the database: texts against their files and hashes, and where the study lies."""
