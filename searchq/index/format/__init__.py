"""How an index looks on disk: arrays in mapped files, numbers as few bytes, the manifest that names them."""
