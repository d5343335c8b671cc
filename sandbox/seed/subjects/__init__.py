"""Steps of one subject for all accounts of the sample: fit, contacts, signals, deals, product, plays."""
