"""Legal advisers of villages and of the township, their visits, and legal-literate persons."""
