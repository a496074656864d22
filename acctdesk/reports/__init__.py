"""The workbook for management."""
