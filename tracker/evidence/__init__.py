"""Evidence: files on any record, photos and scans above all."""
