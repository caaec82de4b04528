//! Stage 1, helper: walks XML and hands its elements on by their local names; namespaces and entities end here.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// What a walk calls.
pub trait Visit {
    /// An element begins.
    fn start(&mut self, name: &str, element: &BytesStart<'_>);
    /// An element ends.
    fn end(&mut self, name: &str);
    /// Text between two tags.
    fn text(&mut self, text: &str);
    /// Whether it wants no more: a limit is exceeded.
    fn is_full(&self) -> bool {
        false
    }
}

/// Walks a part from its beginning to its end, or to where it is broken.
///
/// # Errors
/// What is wrong with the XML.
pub fn walk(xml: &str, visitor: &mut impl Visit) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    loop {
        if visitor.is_full() {
            return Ok(());
        }
        match reader.read_event()? {
            Event::Start(element) => visitor.start(element.local_name().as_ref(), &element),
            Event::End(element) => visitor.end(element.local_name().as_ref()),
            Event::Text(text) => visitor.text(&text.xml10_content()),
            Event::CData(text) => visitor.text(&text),
            Event::GeneralRef(entity) => {
                let resolved = match entity.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    _ => predefined(&entity),
                };
                let mut buffer = [0; 4];
                visitor.text(resolved.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut buffer));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn predefined(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// Longest value of an attribute. Ids and names of fonts are kept, and copied for each paragraph that uses them.
const LONGEST_VALUE: usize = 32 << 10;

/// The value of an attribute by its local name; one beyond any measure is as if it were not there.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    if found.value.len() > LONGEST_VALUE {
        return None;
    }
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// The `val` attribute, which carries the value of nearly every property.
pub fn val(element: &BytesStart<'_>) -> Option<String> {
    attribute(element, "val")
}

/// Whether a switch is on: `<w:b/>` is, `<w:b w:val="0"/>` is not.
pub fn is_on(element: &BytesStart<'_>) -> bool {
    !matches!(val(element).as_deref(), Some("0" | "false" | "off" | "none"))
}

/// The target of the relation to the main part, from `_rels/.rels`.
pub fn main_part(xml: &str) -> Option<String> {
    let mut all = relations(xml).into_values();
    let (_, target) = all.find(|(kind, _)| kind.ends_with("/officeDocument"))?;
    Some(target.trim_start_matches('/').to_owned())
}

/// The relations of a part: kind and target by id. A broken part as far as it goes.
pub fn relations(xml: &str) -> BTreeMap<String, (String, String)> {
    struct Relations(BTreeMap<String, (String, String)>);
    impl Visit for Relations {
        fn start(&mut self, name: &str, element: &BytesStart<'_>) {
            if name == "Relationship"
                && let (Some(id), Some(kind), Some(target)) =
                    (attribute(element, "Id"), attribute(element, "Type"), attribute(element, "Target"))
            {
                self.0.insert(id, (kind, target));
            }
        }
        fn end(&mut self, _: &str) {}
        fn text(&mut self, _: &str) {}
    }
    let mut found = Relations(BTreeMap::new());
    let _ = walk(xml, &mut found);
    found.0
}

/// The path of a relation's target, which is told from the folder of its part or from the root.
pub fn resolve(mut folder: &str, mut target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    while let Some(above) = target.strip_prefix("../").filter(|_| !folder.is_empty()) {
        (folder, target) = (folder.rsplit_once('/').map_or("", |(above, _)| above), above);
    }
    if folder.is_empty() { target.to_owned() } else { format!("{folder}/{target}") }
}
