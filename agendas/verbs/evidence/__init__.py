"""Evidence of which somebody has to say whose act it is: read by its words, asked for, answered, expired."""
