# tags
