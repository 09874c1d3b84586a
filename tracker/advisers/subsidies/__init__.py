"""补助发放表: what advisers are paid for a year, from the fees of their contracts."""
