"""The simulator ``predators``: hares and lynx after Lotka and Volterra."""
