"""What is measured, a module for each kind of operation; each function returns lines of the table."""
