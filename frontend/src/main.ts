// Everything that a script adds to pages that work without one; each part begins by itself.

export {};
