"""What helps whoever writes data: schemas for text editors, and new records with comments."""
