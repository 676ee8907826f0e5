"""What pages share: scripts, styles, fonts, pictures, the runtime."""
