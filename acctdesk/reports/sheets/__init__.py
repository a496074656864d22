"""One sheet of the workbook a file."""
