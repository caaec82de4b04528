//! Records to Python's own objects, without JSON in between: what `json.loads` would make of the program's line.
//!
//! Every key is made once a record. Exact numbers become `int` where they are whole, else `float`.

use std::collections::HashMap;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyList, PyNone, PyString};
use serde::ser::{self, Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple};
use serde::{Serialize, Serializer};

/// The struct as which `serde_json` passes the digits of an exact number.
const NUMBER: &str = "$serde_json::private::Number";

/// A Python object of a value.
pub fn object<'py, T: Serialize>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    let mut keys = HashMap::new();
    value.serialize(Maker { py, keys: &mut keys, digits: false }).map_err(|e| e.0)
}

/// The keys made so far, by the place of their text in the program.
type Keys<'py> = HashMap<(usize, usize), Bound<'py, PyString>>;

#[derive(Debug)]
struct Failure(PyErr);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl ser::Error for Failure {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(pyo3::exceptions::PyTypeError::new_err(message.to_string()))
    }
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self(error)
    }
}

struct Maker<'py, 'k> {
    py: Python<'py>,
    keys: &'k mut Keys<'py>,
    /// A text is the digits of a number.
    digits: bool,
}

type Made<'py> = Result<Bound<'py, PyAny>, Failure>;

fn unknown<T>(what: &str) -> Result<T, Failure> {
    Err(ser::Error::custom(format_args!("no record holds {what}")))
}

/// The number of some digits.
fn number<'py>(py: Python<'py>, digits: &str) -> Made<'py> {
    if digits.contains(['.', 'e', 'E']) {
        let value: f64 = digits.parse().map_err(ser::Error::custom)?;
        return Ok(PyFloat::new(py, value).into_any());
    }
    match digits.parse::<i128>() {
        Ok(whole) => Ok(whole.into_pyobject(py).map_err(PyErr::from)?.into_any()),
        Err(error) => Err(ser::Error::custom(error)),
    }
}

macro_rules! whole {
    ($($name:ident: $kind:ty),*) => {
        $(fn $name(self, v: $kind) -> Made<'py> {
            Ok(v.into_pyobject(self.py).map_err(PyErr::from)?.into_any())
        })*
    };
}

impl<'py, 'k> Serializer for Maker<'py, 'k> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;
    type SerializeSeq = Elements<'py, 'k>;
    type SerializeTuple = Elements<'py, 'k>;
    type SerializeTupleStruct = Impossible<Bound<'py, PyAny>, Failure>;
    type SerializeTupleVariant = Impossible<Bound<'py, PyAny>, Failure>;
    type SerializeMap = Fields<'py, 'k>;
    type SerializeStruct = Fields<'py, 'k>;
    type SerializeStructVariant = Impossible<Bound<'py, PyAny>, Failure>;

    whole!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
           serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128);

    fn serialize_bool(self, v: bool) -> Made<'py> {
        Ok(PyBool::new(self.py, v).to_owned().into_any())
    }

    fn serialize_f32(self, v: f32) -> Made<'py> {
        self.serialize_f64(v.into())
    }

    fn serialize_f64(self, v: f64) -> Made<'py> {
        Ok(PyFloat::new(self.py, v).into_any())
    }

    fn serialize_char(self, v: char) -> Made<'py> {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, v: &str) -> Made<'py> {
        if self.digits { number(self.py, v) } else { Ok(PyString::new(self.py, v).into_any()) }
    }

    fn serialize_bytes(self, _: &[u8]) -> Made<'py> {
        unknown("bytes")
    }

    fn serialize_none(self) -> Made<'py> {
        Ok(PyNone::get(self.py).to_owned().into_any())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made<'py> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Made<'py> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Made<'py> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Made<'py> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Made<'py> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Made<'py> {
        unknown("an enum with data")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'py, 'k>, Failure> {
        Ok(Elements { list: PyList::empty(self.py), keys: self.keys })
    }

    fn serialize_tuple(self, _: usize) -> Result<Elements<'py, 'k>, Failure> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Failure> {
        unknown("a tuple struct")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Failure> {
        unknown("an enum with data")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'py, 'k>, Failure> {
        self.serialize_struct("", 0)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'py, 'k>, Failure> {
        Ok(Fields {
            dict: PyDict::new(self.py),
            keys: self.keys,
            key: None,
            digits: name == NUMBER,
            number: None,
        })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Failure> {
        unknown("an enum with data")
    }
}

struct Elements<'py, 'k> {
    list: Bound<'py, PyList>,
    keys: &'k mut Keys<'py>,
}

impl<'py> SerializeSeq for Elements<'py, '_> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        let made = value.serialize(Maker { py: self.list.py(), keys: self.keys, digits: false })?;
        Ok(self.list.append(made)?)
    }

    fn end(self) -> Made<'py> {
        Ok(self.list.into_any())
    }
}

impl<'py> SerializeTuple for Elements<'py, '_> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Made<'py> {
        SerializeSeq::end(self)
    }
}

struct Fields<'py, 'k> {
    dict: Bound<'py, PyDict>,
    keys: &'k mut Keys<'py>,
    /// The key of a map whose value comes next.
    key: Option<Bound<'py, PyAny>>,
    /// The one field is the digits of a number.
    digits: bool,
    number: Option<Bound<'py, PyAny>>,
}

impl<'py> SerializeStruct for Fields<'py, '_> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Failure> {
        let py = self.dict.py();
        let made = value.serialize(Maker { py, keys: self.keys, digits: self.digits })?;
        if self.digits {
            self.number = Some(made);
            return Ok(());
        }
        let place = (name.as_ptr() as usize, name.len());
        let key = self.keys.entry(place).or_insert_with(|| PyString::intern(py, name));
        Ok(self.dict.set_item(&*key, made)?)
    }

    fn end(self) -> Made<'py> {
        Ok(self.number.unwrap_or_else(|| self.dict.into_any()))
    }
}

impl<'py> SerializeMap for Fields<'py, '_> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failure> {
        self.key = Some(key.serialize(Maker { py: self.dict.py(), keys: self.keys, digits: false })?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        let made = value.serialize(Maker { py: self.dict.py(), keys: self.keys, digits: false })?;
        match self.key.take() {
            Some(key) => Ok(self.dict.set_item(key, made)?),
            None => unknown("a value without a key"),
        }
    }

    fn end(self) -> Made<'py> {
        Ok(self.dict.into_any())
    }
}
