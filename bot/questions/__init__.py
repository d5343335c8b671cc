"""Questions asked by message that a language model is to read: the model, and the worker that answers them."""
