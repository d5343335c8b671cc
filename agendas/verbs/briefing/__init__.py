"""The facilitator of a review that is still to come: their brief, and what they ask and choose before it."""
