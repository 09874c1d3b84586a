"""Which officers, exams, certificates and trainings there are."""
