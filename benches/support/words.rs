//! The vocabulary and sentence templates of generated reports.

pub const PROVINCES: &[&str] = &[
    "Bắc Giang",
    "Bình Định",
    "Cao Bằng",
    "Đắk Nông",
    "Hà Giang",
    "Hậu Giang",
    "Lạng Sơn",
    "Long An",
    "Ninh Thuận",
    "Phú Yên",
    "Quảng Trị",
    "Sóc Trăng",
    "Tây Ninh",
    "Thái Nguyên",
    "Trà Vinh",
    "Vĩnh Phúc",
];

pub const TYPES: &[&str] = &[
    "Quyết định|QĐ",
    "Quyết định|QĐ",
    "Quyết định|QĐ",
    "Nghị định|NĐ",
    "Nghị định|NĐ",
    "Nghị định|NĐ",
    "Thông tư|TT",
    "Nghị quyết|NQ",
    "Kế hoạch|KH",
    "Kế hoạch|KH",
    "Công văn|CV",
    "Công văn|CV",
    "Tờ trình|TTr",
    "Báo cáo|BC",
    "Chỉ thị|CT",
    "Thông báo|TB",
    "Hướng dẫn|HD",
];

pub const BODIES: &[&str] = &[
    "UBND", "UBND", "UBND", "CP", "CP", "TTg", "HĐND", "BTC", "BNV", "SNV", "STC", "SXD", "SNN", "VPCP",
    "BTTTT",
];

pub const AGENCIES: &[&str] = &[
    "Chính phủ",
    "Thủ tướng Chính phủ",
    "Ủy ban nhân dân tỉnh",
    "UBND tỉnh",
    "Hội đồng nhân dân tỉnh",
    "Bộ Tài chính",
    "Bộ Nội vụ",
    "Sở Nội vụ",
    "Sở Kế hoạch và Đầu tư",
    "Văn phòng Chính phủ",
];

pub const NOUNS: &[&str] = &[
    "hồ sơ",
    "văn bản",
    "hộ",
    "lượt người",
    "xã",
    "đơn vị",
    "cơ sở",
    "doanh nghiệp",
    "học sinh",
    "trường",
    "dự án",
    "công trình",
    "người",
    "trường hợp",
    "thủ tục",
    "thành viên",
    "con",
    "lớp",
    "mô hình",
    "vụ",
];

pub const THINGS: &[&str] = &[
    "diện tích gieo trồng",
    "tổng thu ngân sách",
    "giá trị sản xuất công nghiệp",
    "số hộ dùng nước sạch",
    "tỷ lệ hồ sơ trực tuyến",
    "vốn đầu tư công",
    "sản lượng lương thực",
    "doanh thu du lịch",
    "tỷ lệ che phủ rừng",
    "số lao động có việc làm",
    "tổng mức bán lẻ hàng hóa",
    "số xã đạt chuẩn nông thôn mới",
];

pub const SUBJECTS: &[&str] = &[
    "cải cách hành chính",
    "xây dựng nông thôn mới",
    "chuyển đổi số",
    "phát triển kinh tế - xã hội",
    "phòng, chống thiên tai",
    "giảm nghèo bền vững",
    "quản lý đất đai",
    "bảo đảm trật tự an toàn giao thông",
    "thực hành tiết kiệm, chống lãng phí",
    "đầu tư xây dựng cơ bản",
];

pub const HEADINGS: &[&str] = &[
    "Công tác chỉ đạo, điều hành",
    "Kết quả thực hiện",
    "Thu, chi ngân sách",
    "Sản xuất nông nghiệp",
    "Giáo dục và đào tạo",
    "Y tế, dân số",
    "Lao động, việc làm",
    "Tồn tại, hạn chế",
    "Nhiệm vụ thời gian tới",
    "Đề xuất, kiến nghị",
];

pub const SENTENCES: &[&str] = &[
    "Triển khai {r} về {s}, các ngành đã xây dựng chương trình công tác cụ thể.",
    "Tính đến ngày {d}, toàn tỉnh có {n}, đạt {%} so với kế hoạch được giao.",
    "Trong {p}, {t} đạt {h}, tăng {%} so với cùng kỳ năm trước.",
    "Về kinh phí, ngân sách tỉnh đã bố trí {m} để thực hiện nhiệm vụ {s}.",
    "Có {a} hoàn thành chỉ tiêu; các địa phương còn lại tiếp tục được đôn đốc hằng tháng.",
    "Căn cứ {r}, Sở Nội vụ đã tham mưu hướng dẫn nghiệp vụ cho các đơn vị.",
    "Phấn đấu {p} có ít nhất {%} cơ quan hoàn thành việc lập hồ sơ điện tử theo quy định.",
    "Qua kiểm tra {n} cho thấy việc chấp hành quy định về {s} đã có chuyển biến rõ nét.",
    "Tổng kinh phí thực hiện khoảng {m}, trong đó vốn huy động từ nhân dân chiếm {%}.",
    "Ủy ban nhân dân tỉnh đã ban hành {r}; đồng thời giao các cơ quan chuyên môn tổ chức sơ kết trước ngày {d}.",
    "Cơ quan thường trực tiếp nhận {n}, xử lý đúng hạn {%}, không để tồn đọng kéo dài.",
    "So với {p}, {t} giảm {%} do ảnh hưởng của thời tiết và giá vật tư đầu vào.",
    "Tỉnh {g} đã hỗ trợ {m} cho {n} bị thiệt hại, bảo đảm đúng đối tượng, công khai, minh bạch.",
];

pub const FILLERS: &[&str] = &[
    "Công tác tuyên truyền được duy trì thường xuyên bằng nhiều hình thức phù hợp với từng địa bàn, góp phần nâng cao nhận thức của cán bộ và nhân dân.",
    "Tuy nhiên, việc phối hợp giữa một số phòng, ban chưa chặt chẽ; trách nhiệm của người đứng đầu có nơi chưa được phát huy đầy đủ.",
    "Nguyên nhân chủ yếu là do đội ngũ cán bộ cơ sở còn kiêm nhiệm, trang thiết bị xuống cấp nhưng chưa được thay thế kịp thời.",
    "Các cơ quan, đơn vị tiếp tục rà soát, sắp xếp lại nhiệm vụ theo thứ tự ưu tiên, tập trung tháo gỡ khó khăn cho người dân và doanh nghiệp.",
    "Chất lượng tham mưu từng bước được nâng lên, nhiều vướng mắc phát sinh từ thực tiễn đã được xem xét, giải quyết ngay tại cơ sở.",
    "Trên cơ sở đó, các địa phương chủ động cân đối nguồn lực, lồng ghép các chương trình để nâng cao hiệu quả đầu tư.",
];
