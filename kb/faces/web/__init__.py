"""The web page: the team's journeys in a browser, served on this machine."""
