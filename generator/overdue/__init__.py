"""What `dalil overdue` prints: a table for a person, CSV for a spreadsheet, a calendar."""
