"""What tests share: content to put into a store, and servers to run it on."""
