"""The edge: payloads in, replies out. The only folder that knows ack, respond, client and storage."""
