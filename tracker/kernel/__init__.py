"""The shared vocabulary: knows no domain, and no domain is imported from here."""
