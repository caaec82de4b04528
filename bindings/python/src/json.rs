//! The JSON that baocao itself wrote, as Python's objects. Python's own reader takes three times as long: here the names of
//! fields are made once, and so is a text that comes again, as the sentence of several figures does.

use memchr::{memchr, memchr2};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};
use rustc_hash::FxHashMap;

/// The value of a text that holds nothing between its signs. Whole numbers are `int`, others `float`.
///
/// # Errors
/// `ValueError` for what baocao does not write.
pub fn value<'py>(py: Python<'py>, json: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    let mut reader =
        Reader { py, rest: json.trim_ascii_end(), keys: FxHashMap::default(), texts: FxHashMap::default() };
    let value = reader.value()?;
    if reader.rest.is_empty() { Ok(value) } else { Err(broken()) }
}

/// The values of JSON Lines.
///
/// # Errors
/// As [`value()`].
pub fn lines<'py>(py: Python<'py>, json: &[u8]) -> PyResult<Bound<'py, PyList>> {
    let lines = json.split(|b| *b == b'\n').filter(|line| !line.is_empty());
    PyList::new(py, lines.map(|line| value(py, line)).collect::<PyResult<Vec<_>>>()?)
}

struct Reader<'py, 'j> {
    py: Python<'py>,
    rest: &'j [u8],
    keys: FxHashMap<&'j [u8], Bound<'py, PyString>>,
    texts: FxHashMap<&'j [u8], Bound<'py, PyString>>,
}

impl<'py, 'j> Reader<'py, 'j> {
    fn value(&mut self) -> PyResult<Bound<'py, PyAny>> {
        match self.rest.first() {
            Some(b'"') => Ok(self.text()?.into_any()),
            Some(b'{') => self.object(),
            Some(b'[') => self.array(),
            Some(b't') => self.word(b"true", PyBool::new(self.py, true).to_owned().into_any()),
            Some(b'f') => self.word(b"false", PyBool::new(self.py, false).to_owned().into_any()),
            Some(b'n') => self.word(b"null", self.py.None().into_bound(self.py)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(broken()),
        }
    }

    fn object(&mut self) -> PyResult<Bound<'py, PyAny>> {
        let object = PyDict::new(self.py);
        self.skip(1);
        while !self.end(b'}')? {
            let raw = self.raw()?;
            let key = match self.keys.get(raw) {
                Some(key) => key.clone(),
                None => {
                    let key = PyString::intern(self.py, &decoded(raw)?);
                    self.keys.insert(raw, key.clone());
                    key
                }
            };
            self.expect(b':')?;
            object.set_item(key, self.value()?)?;
        }
        Ok(object.into_any())
    }

    fn array(&mut self) -> PyResult<Bound<'py, PyAny>> {
        let mut values = Vec::new();
        self.skip(1);
        while !self.end(b']')? {
            values.push(self.value()?);
        }
        Ok(PyList::new(self.py, values)?.into_any())
    }

    /// Whether a list of things ends here; the comma between two of them is skipped.
    fn end(&mut self, sign: u8) -> PyResult<bool> {
        match self.rest.first() {
            Some(b',') => self.skip(1),
            Some(b) if *b == sign => {
                self.skip(1);
                return Ok(true);
            }
            Some(_) => {}
            None => return Err(broken()),
        }
        Ok(false)
    }

    fn text(&mut self) -> PyResult<Bound<'py, PyString>> {
        let raw = self.raw()?;
        if let Some(text) = self.texts.get(raw) {
            return Ok(text.clone());
        }
        let text = match memchr(b'\\', raw) {
            None => PyString::from_bytes(self.py, raw)?,
            Some(_) => PyString::new(self.py, &decoded(raw)?),
        };
        self.texts.insert(raw, text.clone());
        Ok(text)
    }

    /// What stands between two quotes, as it is written.
    fn raw(&mut self) -> PyResult<&'j [u8]> {
        self.expect(b'"')?;
        let text = self.rest;
        let mut end = 0;
        loop {
            let rest = text.get(end..).ok_or_else(broken)?;
            end += memchr2(b'"', b'\\', rest).ok_or_else(broken)?;
            if text.get(end) == Some(&b'"') {
                break;
            }
            end += 2; // a backslash and what it escapes
        }
        self.rest = text.get(end + 1..).unwrap_or_default();
        Ok(text.get(..end).unwrap_or_default())
    }

    fn number(&mut self) -> PyResult<Bound<'py, PyAny>> {
        let is_part = |b: &u8| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = self.rest.iter().take_while(|b| is_part(b)).count();
        let digits = self.rest.get(..length).unwrap_or_default();
        self.skip(length);
        let digits = std::str::from_utf8(digits).map_err(|_| broken())?;
        if let Ok(whole) = digits.parse::<i64>() {
            return Ok(PyInt::new(self.py, whole).into_any());
        }
        if digits.bytes().any(|b| matches!(b, b'.' | b'e' | b'E')) {
            let number: f64 = digits.parse().map_err(|_| broken())?;
            return Ok(PyFloat::new(self.py, number).into_any());
        }
        self.py.get_type::<PyInt>().call1((digits,))
    }

    fn word(&mut self, word: &[u8], value: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.rest = self.rest.strip_prefix(word).ok_or_else(broken)?;
        Ok(value)
    }

    fn expect(&mut self, sign: u8) -> PyResult<()> {
        self.rest = self.rest.strip_prefix(&[sign]).ok_or_else(broken)?;
        Ok(())
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }
}

fn decoded(raw: &[u8]) -> PyResult<String> {
    let quoted = [b"\"", raw, b"\""].concat();
    serde_json::from_slice(&quoted).map_err(|_| broken())
}

fn broken() -> PyErr {
    PyValueError::new_err("this is not the JSON that baocao writes")
}
