"""What a review says and does: rules, sections, pages, words, and the verbs."""
