"""Post: a frozen `Mail` becomes MIME and leaves; raw MIME arrives and becomes a frozen `Incoming`."""
