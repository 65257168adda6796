"""How the pages become a site (Sphinx with MyST); `make site` builds it into the package, so that it works offline."""

project = "Foedus"
author = "The Foedus authors"
copyright = "The Foedus authors; text under CC BY 4.0"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3
myst_links_external_new_tab = False
exclude_patterns = ["_build", "gallery"]  # finished briefs, to be read as they are

html_theme = "furo"
html_title = "Foedus"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = True
html_last_updated_fmt = None
html_baseurl = ""
