"""The forms of certification: strings in, one draft out."""
