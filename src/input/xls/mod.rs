//! xls
use super::ole::Ole;
use super::{Content, ReadOptions};
use crate::error::Error;
pub fn read(_ole: &mut Ole<'_>, _options: &ReadOptions) -> Result<Content, Error> { Err(Error::Unsupported("xls".into())) }
