"""The management workbook, one sheet a file: summaries are formulas over the data sheets."""
