"""The docs site: pages as HTML and as Markdown, a search index, and llms.txt."""
