"""Recording the steps of the sample with the verbs that commands and forms call."""
