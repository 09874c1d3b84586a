"""What legal-literate persons do and how they are judged: services, yearly reviews, villages."""
