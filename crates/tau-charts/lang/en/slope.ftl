# The slope chart: two releases of an agent, a line a condition.
