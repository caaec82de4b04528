//! The place and the period of each item: its own words first, then the frames around it, then the document.

