//! What a plain text shows as a table.

use proptest::prelude::*;

use super::width::{Cells, split_at};
use crate::patterns::tables::TableWords;
use crate::reader::{Cell, Table};

fn find(s: &str) -> Vec<Table> {
    super::find(s, &TableWords::builtin())
}

fn shown(s: &str) -> Vec<(usize, Vec<Vec<&str>>)> {
    let text = |c: &Cell| s.get(c.range.clone()).unwrap_or("?");
    find(s)
        .iter()
        .map(|t| (t.header_rows, t.rows.iter().map(|r| r.cells.iter().map(text).collect()).collect()))
        .collect()
}

#[test]
fn a_markdown_table_has_its_heading_row() {
    let s = "Trước\n| TT | Đơn vị | Hồ sơ |\n|---|:--:|---|\n| 1 | **Sở Y tế** | 25 |\n| 2 | Sở Xây dựng | 1.204 |\n\nSau";
    assert_eq!(
        shown(s),
        [(
            1,
            vec![
                vec!["TT", "Đơn vị", "Hồ sơ"],
                vec!["1", "Sở Y tế", "25"],
                vec!["2", "Sở Xây dựng", "1.204"]
            ]
        )]
    );
}

#[test]
fn cells_between_lone_bars_make_rows_and_empty_cells_stay() {
    let s = "|\n**TT**\n|\nChỉ tiêu\n|\nSố\nlượng\n|\n|\n1\n|\nHồ sơ\n|\n12\n|\n|\n2\n|\nVăn bản\n|\n|\nxong";
    let got = shown(s);
    assert_eq!(got.len(), 1);
    assert_eq!(got[0].0, 1);
    assert_eq!(got[0].1[0], ["TT", "Chỉ tiêu", "Số\nlượng"]);
    assert_eq!(got[0].1[1], ["1", "Hồ sơ", "12"]);
    assert_eq!(got[0].1[2][..2], ["2", "Văn bản"]);
}

proptest! {
    #[test]
    fn only_what_is_too_dear_is_left_early(
        filled in proptest::collection::vec(proptest::bool::weighted(0.8), 0..200),
        width in 1usize..8,
        most in 0u32..40,
    ) {
        let empty = |&i: &usize| filled.get(i) != Some(&true);
        let cells = Cells { count: filled.len(), stops: (0..=filled.len()).filter(empty).collect() };
        let (cost, rows) = split_at(&cells, width, u32::MAX);
        let early = split_at(&cells, width, most);
        let is_right = if cost < most { early == (cost, rows) } else { early.0 >= most };
        prop_assert!(is_right);
    }
}

#[test]
fn rows_of_one_width_are_found_among_short_headings_and_empty_cells() {
    let s = "|\nTT\n|\nChỉ tiêu\n|\nNăm 2024\n|\nNăm 2025\n|\n|\nKế hoạch\n|\nƯớc\n|\n\
             |\n1\n|\nĐàn trâu\n|\n7\n|\n8\n|\n9\n|\n|\n|\nĐàn bò\n|\n|\n5\n|\n6\n|\n\
             |\n2\n|\nĐàn lợn\n|\n4\n|\n3\n|\n2\n|\n\nHết bảng.\n";
    let got = shown(s);
    assert_eq!(got[0].1[1], ["Kế hoạch", "Ước"]);
    assert_eq!(got[0].1[2], ["1", "Đàn trâu", "7", "8", "9"]);
    assert_eq!(got[0].1[3], ["", "Đàn bò", "", "5", "6"]);
    assert_eq!(got[0].1.len(), 5);
    let columns = |row: usize| -> Vec<(usize, usize)> {
        find(s)[0].rows[row].cells.iter().map(|c| (c.column, c.columns)).collect()
    };
    assert_eq!(columns(0), [(0, 1), (1, 1), (2, 2), (4, 1)]);
    assert_eq!(columns(1), [(2, 1), (3, 1)]);
}

#[test]
fn tab_separated_rows_are_a_table_and_one_such_line_is_none() {
    let s = "Ngành\tNăm 2019\tNăm 2020\nCông nghiệp\t12,5\t13\nDịch vụ\t7\t8,25\nChữ\tthường\n";
    assert_eq!(shown(s)[0].1.len(), 3);
    assert_eq!(shown("a\tb\tc\n"), []);
    let s = "TT\tChỉ tiêu\tĐạt\t\n1\tSố hộ\t12\t\n\tTrong đó\t7\tước\n";
    assert_eq!(shown(s)[0].1[2], ["", "Trong đó", "7", "ước"]);
}

#[test]
fn rows_with_bars_between_their_cells_only_are_a_table() {
    let tables = shown("Đơn vị | Số hộ | Tỷ lệ (%)\nXã A | 120 | 4,5\nXã B | 98 | 3,1\n\nPhần | tiếp | theo");
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0].1.len(), 3);
    assert_eq!(tables[0].1[1], ["Xã A", "120", "4,5"]);
}

#[test]
fn head_and_foot_of_a_document_are_no_tables() {
    let s = "| UBND TỈNH HÀ NAM | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| Số: 12/BC-UBND | Phủ Lý, ngày 5 tháng 6 năm 2019 |\n";
    assert_eq!(shown(s), []);
    let s = "|\nNơi nhận:\n- Như trên;\n|\n**KT. CHỦ TỊCH**\nTrần Văn Ba\n|\n";
    assert_eq!(shown(s), []);
}

#[test]
fn a_row_of_column_numbers_belongs_to_the_heading() {
    let s = "| TT | Tên | Số |\n| 1 | 2 | 3 |\n| 1 | Sở Y tế | 25 |\n";
    assert_eq!(shown(s)[0].0, 2);
}
