use serde_json::json;

use super::*;

fn record(path: &str, id: &str, lists: Value) -> Value {
    let mut record =
        json!({"schema": "baocao.record/2", "id": id, "source": {"path": path}, "metadata": {"id": "5/BC"}});
    if let (Some(record), Value::Object(lists)) = (record.as_object_mut(), lists) {
        record.extend(lists);
    }
    record
}

/// Compares two records of one document.
fn compare(old: Value, new: Value) -> Vec<(String, String)> {
    let mut differ = Differ::default();
    assert!(differ.add(Run::Old, record("a.txt", "1", old)).is_none());
    let document = differ.add(Run::New, record("a.txt", "1", new)).unwrap();
    assert!(differ.finish().is_empty());
    let shown = document.changes.iter().map(|c| {
        let what = match &c.what {
            What::Gained => "+".to_owned(),
            What::Lost => "-".to_owned(),
            What::Changed(fields) => {
                fields.iter().map(|(n, a, b)| format!("{n}:{a}>{b}")).collect::<Vec<_>>().join(" ")
            }
        };
        (c.item.get("text").and_then(Value::as_str).unwrap_or_default().to_owned(), what)
    });
    shown.collect()
}

fn quantity(id: &str, text: &str, value: f64, start: usize) -> Value {
    json!({"id": id, "text": text, "value": value, "unit": "%", "span": [start, start + text.len()]})
}

fn said(changes: &[(&str, &str)]) -> Vec<(String, String)> {
    changes.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn a_run_and_itself_are_the_same() {
    let lists = json!({"indicators": [quantity("x", "5%", 5.0, 10), quantity("y", "5%", 5.0, 30)]});
    assert_eq!(compare(lists.clone(), lists), said(&[]));
}

#[test]
fn items_are_gained_lost_and_changed_by_field() {
    let old = json!({"indicators": [quantity("x", "5%", 5.0, 10), quantity("y", "6%", 6.0, 30)]});
    let mut named = quantity("x", "5%", 5.0, 10);
    named["period"] = json!({"start": "2024-01-01", "end": null});
    let new = json!({"indicators": [named, quantity("z", "7%", 7.0, 50)]});
    assert_eq!(
        compare(old, new),
        said(&[("5%", "period.start:null>\"2024-01-01\""), ("6%", "-"), ("7%", "+")])
    );
}

#[test]
fn what_moved_is_the_nearest_of_the_same_value() {
    let old = json!({"indicators": [quantity("x", "5%", 5.0, 10), quantity("y", "5%", 5.0, 90)]});
    let new = json!({"indicators": [quantity("z", "5%", 5.0, 92)]});
    assert_eq!(compare(old, new), said(&[("5%", "-"), ("5%", "span:[90,92]>[92,94]")]));
}

#[test]
fn what_is_read_longer_is_changed() {
    let old = json!({"indicators": [quantity("x", "1.234", 1234.0, 10)]});
    let new = json!({"indicators": [quantity("y", "1.234,5", 1234.5, 10)]});
    let changes = compare(old, new);
    assert_eq!(changes.len(), 1);
    assert!(changes.iter().all(|c| c.1.contains("value:1234.0>1234.5")), "{changes:?}");
}

#[test]
fn indexes_and_ids_that_point_to_the_same_item_are_no_change() {
    let section = |label: &str, start: usize| json!({"kind": "part", "label": label, "heading": null, "span": [start, start + 9]});
    let within = |id: &str, section: usize, whole: &str| {
        let mut item = quantity(id, "5%", 5.0, 40);
        item["section"] = json!(section);
        item["part_of"] = json!(whole);
        item
    };
    let old = json!({"sections": [section("II.", 30)], "indicators": [within("a", 0, "b"), quantity("b", "9%", 9.0, 60)]});
    let new = json!({
        "sections": [section("I.", 0), section("II.", 30)],
        "indicators": [within("c", 1, "d"), quantity("d", "9%", 9.0, 60)],
    });
    assert_eq!(compare(old, new), said(&[("", "+")]));
}

#[test]
fn numbers_are_compared_by_value_and_null_is_absent() {
    let old: Value =
        serde_json::from_str(r#"{"indicators":[{"span":[0,2],"value":12.50,"name":null}]}"#).unwrap();
    let new: Value =
        serde_json::from_str(r#"{"indicators":[{"span":[0,2],"value":12.5,"range":null}]}"#).unwrap();
    assert_eq!(compare(old, new), said(&[]));
}

#[test]
fn a_moved_file_is_found_by_its_id_and_others_are_in_one_run_alone() {
    let mut differ = Differ::default();
    for (run, path, id) in [
        (Run::Old, "old/a.txt", "1"),
        (Run::Old, "b.txt", "2"),
        (Run::New, "new/a.txt", "1"),
        (Run::New, "c.txt", "3"),
    ] {
        assert!(differ.add(run, record(path, id, json!({}))).is_none());
    }
    let found: Vec<_> = differ.finish().into_iter().map(|d| (d.path, d.only)).collect();
    assert_eq!(
        found,
        [("b.txt".into(), Some(Run::Old)), ("new/a.txt".into(), None), ("c.txt".into(), Some(Run::New))]
    );
}

#[test]
fn twice_the_same_path_is_two_documents() {
    let mut differ = Differ::default();
    for _ in 0..2 {
        assert!(differ.add(Run::Old, record("-", "1", json!({}))).is_none());
    }
    for _ in 0..2 {
        assert!(differ.add(Run::New, record("-", "1", json!({}))).is_some());
    }
    assert!(differ.finish().is_empty());
}
