"""迎检资料包: a year's report, figures and evidence in one folder, in filing order."""
