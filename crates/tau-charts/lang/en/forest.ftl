# The dot and forest chart.
