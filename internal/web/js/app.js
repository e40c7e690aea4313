// Small helps to pages that work without them.
