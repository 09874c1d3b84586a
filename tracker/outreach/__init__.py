"""普法: outreach events, campaigns, themes and places."""
