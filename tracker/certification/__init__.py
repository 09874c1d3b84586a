"""执法资格: officers, exams, certificates and trainings."""
