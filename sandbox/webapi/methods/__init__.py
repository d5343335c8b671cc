"""The methods of the Web API, one module per family; ``table`` lists them all."""
