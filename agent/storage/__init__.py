"""What is kept: the record in SQLite, and the vector store that is made from it."""
