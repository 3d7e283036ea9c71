"""Every prompt is a file here, one folder a feature, rendered strictly."""
