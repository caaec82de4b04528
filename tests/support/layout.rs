//! The commands of a layout, shared by the makers of PDF and DOCX samples.

/// A text with its look.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    pub text: String,
    pub bold: bool,
    pub left: bool,
}

/// One command of a layout.
#[derive(Debug)]
pub enum Command {
    Two(Piece, Piece),
    Center(Piece),
    Right(Piece),
    Paragraph(Piece),
    Space(f32),
    Table(Vec<f32>, Vec<Vec<Piece>>),
}

fn piece(text: &str) -> Piece {
    let mut rest = text.trim();
    let mut piece = Piece::default();
    loop {
        if let Some(r) = rest.strip_prefix('*') {
            piece.bold = true;
            rest = r;
        } else if let Some(r) = rest.strip_prefix('<') {
            piece.left = true;
            rest = r;
        } else {
            piece.text = rest.to_owned();
            return piece;
        }
    }
}

/// Reads a layout; a line that is no command is passed over.
pub fn parse(source: &str) -> Vec<Command> {
    let mut commands = Vec::new();
    for line in source.lines() {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "@two" => {
                let (left, right) = rest.split_once('|').unwrap_or((rest, ""));
                commands.push(Command::Two(piece(left), piece(right)));
            }
            "@center" => commands.push(Command::Center(piece(rest))),
            "@right" => commands.push(Command::Right(piece(rest))),
            "@p" => commands.push(Command::Paragraph(piece(rest))),
            "@space" => commands.push(Command::Space(rest.trim().parse().unwrap_or(6.0))),
            "@table" => {
                let widths = rest.split_whitespace().filter_map(|w| w.parse().ok()).collect();
                commands.push(Command::Table(widths, Vec::new()));
            }
            "@row" => {
                if let Some(Command::Table(_, rows)) = commands.last_mut() {
                    rows.push(rest.split('|').map(piece).collect());
                }
            }
            _ => {}
        }
    }
    commands
}
