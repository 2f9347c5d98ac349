use std::collections::BTreeSet;
use std::io::Read;

use super::text::prepared;
use super::*;
use crate::PngScale;

/// A line of every script, with its weight.
const LINES: [(&str, &str); 12] = [
    ("Impatient customers, öäß Ğ ł", "normal"),
    ("Нетерпеливые клиенты, Ελλάδα", "bold"),
    ("不耐烦的客户，不耐煩的客戶", "normal"),
    ("せっかちなお客様（カスタマー）", "normal"),
    ("성급한 고객", "bold"),
    ("عميل غير صبور", "normal"),
    ("לקוחות חסרי סבלנות", "bold"),
    ("अधीर ग्राहक क्षत्रिय", "normal"),
    ("ลูกค้าที่ใจร้อน น้ำ", "bold"),
    ("Mixed (غير صبور 50 %) 不耐烦 end", "normal"),
    ("\u{2068}عملاء (3): 50 %\u{2069}", "normal"),
    ("−12 % (−20 to −4) – “q” & <b>", "normal"),
];

/// A picture as plotters writes it: quarters of a pixel, text on lines of its own.
fn picture(width: u32, height: u32) -> String {
    let lines: String = LINES
        .iter()
        .enumerate()
        .map(|(i, (line, weight))| {
            format!(
                "<text x=\"80\" y=\"{}\" dy=\"0.5ex\" text-anchor=\"start\" font-family=\"Noto Sans, sans-serif\" font-size=\"56\" font-weight=\"{weight}\" opacity=\"1\" fill=\"#1C1F23\">\n{}\n</text>\n",
                100 + i * 100,
                crate::words::escape(line)
            )
        })
        .collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Lines of every script\">\n<rect x=\"0\" y=\"0\" width=\"{}\" height=\"{}\" opacity=\"1\" fill=\"#FFFFFF\" stroke=\"none\"/>\n<polyline fill=\"none\" opacity=\"0.5\" stroke=\"#D55E00\" stroke-width=\"4\" points=\"0,0 400,400 \"/>\n{lines}</svg>\n",
        width * 4,
        height * 4,
        width * 4,
        height * 4,
    )
}

fn about() -> PdfAbout<'static> {
    PdfAbout {
        title: "Was Ungeduld kostet",
        language: "de",
        subject: "Ein Bericht",
        created: Some(1_795_000_000),
    }
}

fn document() -> Vec<u8> {
    let (one, other) = (picture(420, 330), picture(420, 330).replace("role=\"img\"", ""));
    let page = |svg| PdfPage { svg, width: 420.0, height: 330.0 };
    pdf(&[page(&one), page(&other)], &about()).unwrap()
}

#[test]
fn letters_of_every_script_are_drawn_and_none_is_an_empty_box() {
    let prepared = prepared(&picture(420, 330)).unwrap();
    assert!(!prepared.svg.contains("<text"));
    assert_eq!(prepared.label.as_deref(), Some("Lines of every script"));
    for placed in &prepared.texts {
        let missing = placed.shaped.glyphs.iter().find(|glyph| glyph.id == 0);
        assert!(missing.is_none(), "{:?}", placed.run);
    }
    let families: BTreeSet<usize> = prepared.texts.iter().map(|placed| placed.run.family).collect();
    assert_eq!(families.len(), crate::font::faces::FAMILIES.len());
    // What no face has is a box, not nothing.
    let unknown = picture(420, 330).replace("Impatient", "\u{10FFFD}");
    let unknown = super::text::prepared(&unknown).unwrap();
    assert_eq!(unknown.texts[0].shaped.glyphs[0].id, 0);
}

#[test]
fn a_picture_in_png_has_the_size_and_the_resolution_of_its_scale() {
    for (scale, times) in [(PngScale::One, 1), (PngScale::Two, 2), (PngScale::Three, 3)] {
        let file = png(&picture(420, 330), scale).unwrap();
        let mut reader = ::png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap();
        let info = reader.info();
        assert_eq!((info.width, info.height), (420 * times, 330 * times));
        assert_eq!(info.pixel_dims.map(|dims| dims.xppu), Some(3780 * times));
        assert_eq!(info.color_type, ::png::ColorType::Rgb);
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        // Each line has left ink, in a row of pixels through its small letters.
        for line in 0..LINES.len() {
            let y = (25 + line * 25) * times as usize;
            let row = &pixels[y * 420 * times as usize * 3..][..420 * times as usize * 3];
            assert!(row.iter().any(|&value| value < 90), "line {line} at {times}x");
        }
    }
}

#[test]
fn what_shines_through_stays_transparent_and_a_wall_poster_is_refused() {
    let open = picture(420, 330).replace("fill=\"#FFFFFF\"", "fill=\"none\"");
    let file = png(&open, PngScale::One).unwrap();
    let reader = ::png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap();
    assert_eq!(reader.info().color_type, ::png::ColorType::Rgba);
    let error = png(&picture(9000, 9000), PngScale::Two).unwrap_err();
    assert!(error.to_string().contains("18000 by 18000 pixels"), "{error}");
    assert!(matches!(png("<svg", PngScale::One), Err(RenderError::Svg(_))));
    let svg = picture(420, 330);
    let page = PdfPage { svg: &svg, width: 30_000.0, height: 330.0 };
    assert!(matches!(pdf(&[page], &about()), Err(RenderError::TooLarge { .. })));
}

#[test]
fn a_line_is_drawn_where_and_as_wide_as_it_was_measured() {
    for (line, weight) in LINES {
        let weight =
            if weight == "bold" { crate::font::Weight::Bold } else { crate::font::Weight::Regular };
        let measured = crate::font::width(line, 56.0, weight);
        for (anchor, left) in [("start", 0.0), ("middle", 0.5), ("end", 1.0)] {
            let svg = picture(420, 330).replace("\"start\"", &format!("\"{anchor}\""));
            let placed = prepared(&svg).unwrap().texts;
            let at = LINES.iter().position(|(other, _)| *other == line).unwrap();
            let y = 100.0 + at as f32 * 100.0 + 0.5 * 56.0 * crate::font::X_HEIGHT;
            let runs: Vec<_> = placed.iter().filter(|p| (p.y - y).abs() < 0.1).collect();
            let drawn: f32 = runs.iter().map(|p| p.shaped.width * 56.0).sum();
            assert!(
                drawn <= measured + 0.1 && drawn > measured * 0.93,
                "{line}: {drawn} {measured}"
            );
            let first = runs.iter().map(|p| p.x).fold(f32::INFINITY, f32::min);
            assert!((first - (80.0 - left * drawn)).abs() < 0.1, "{line} {anchor}");
        }
    }
}

#[test]
fn the_same_picture_gives_the_same_bytes() {
    let svg = picture(420, 330);
    assert_eq!(png(&svg, PngScale::Two).unwrap(), png(&svg, PngScale::Two).unwrap());
    assert_eq!(document(), document());
}

/// All streams of a PDF, unpacked.
fn streams(file: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let position = |from: usize, what: &[u8]| {
        file[from..].windows(what.len()).position(|w| w == what).map(|at| from + at)
    };
    let mut from = 0;
    while let Some(start) = position(from, b"stream\n") {
        let end = position(start, b"endstream").unwrap();
        let mut unpacked = Vec::new();
        let packed = &file[start + 7..end];
        if flate2::read::ZlibDecoder::new(packed).read_to_end(&mut unpacked).is_err() {
            unpacked = packed.to_vec();
        }
        found.push(String::from_utf8_lossy(&unpacked).into_owned());
        from = end + 9;
    }
    found
}

#[test]
fn the_document_holds_letters_fonts_and_what_it_says_about_itself() {
    let file = document();
    let streams = streams(&file);
    // What the letters' codes stand for, out of the maps to Unicode.
    let mut letters = BTreeSet::new();
    for map in streams.iter().filter(|stream| stream.contains("beginbfchar")) {
        for line in map.lines().filter(|line| line.starts_with('<') && line.contains("> <")) {
            let target = line.rsplit('<').next().unwrap().trim_end_matches('>');
            let units: Vec<u16> = target
                .as_bytes()
                .chunks(4)
                .map(|hex| u16::from_str_radix(std::str::from_utf8(hex).unwrap(), 16).unwrap())
                .collect();
            letters.extend(String::from_utf16(&units).unwrap().chars());
        }
    }
    for (line, _) in LINES {
        // Marks of direction are not drawn; the Thai AM is drawn as two and written out beside them.
        for letter in line.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}' | 'ำ')) {
            assert!(letters.contains(&letter), "{letter} of {line}");
        }
    }
    let raw = String::from_utf8_lossy(&file);
    assert_eq!(
        raw.matches("/Type /FontDescriptor").count() + raw.matches("/Type/FontDescriptor").count(),
        7
    );
    assert!(!raw.contains("/Subtype /Image") && !raw.contains("/Subtype/Image"), "all is vector");
    assert!(raw.contains("(Was Ungeduld kostet)") && raw.contains("20261118"), "title and date");
    assert!(raw.contains("Lines of every script"), "the figure's alternative");
    let size = raw.find("/MediaBox").map(|at| raw[at..at + 40].to_owned()).unwrap();
    assert!(size.contains("315") && size.contains("247.5"), "{size}");
}

#[test]
fn words_of_every_script_can_be_taken_out_of_the_document() {
    let folder = std::env::temp_dir().join(format!("tau-charts-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("document.pdf");
    std::fs::write(&path, document()).unwrap();
    let told = std::process::Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output();
    std::fs::remove_dir_all(&folder).unwrap();
    let Ok(told) = told else {
        println!("SKIPPED: pdftotext is not installed, so nobody reads the document's words");
        return;
    };
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    for (line, _) in &LINES[..9] {
        assert_eq!(told.matches(line).count(), 2, "{line}\n{told}");
    }
    for word in ["Mixed", "غير صبور", "不耐烦", "end", "“q” & <b>"] {
        assert!(told.contains(word), "{word}\n{told}");
    }
}

#[test]
fn what_pdf_cannot_show_is_refused_and_no_file_is_read() {
    let with = |part: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{part}</svg>")
    };
    let made = |svg: &str| pdf(&[PdfPage { svg, width: 9.0, height: 9.0 }], &about());
    let shade = with(
        "<linearGradient id=\"g\"><stop stop-color=\"red\"/><stop offset=\"1\"/></linearGradient><rect width=\"9\" height=\"9\" fill=\"url(#g)\"/>",
    );
    assert!(matches!(made(&shade), Err(RenderError::Svg(why)) if why.contains("gradient")));
    let clipped = with(
        "<clipPath id=\"c\"><rect width=\"5\" height=\"5\"/></clipPath><g clip-path=\"url(#c)\" transform=\"rotate(9)\" opacity=\"0.5\"><rect width=\"9\" height=\"9\" stroke=\"red\" stroke-dasharray=\"2 1\"/></g>",
    );
    assert!(made(&clipped).is_ok());
    let linked = with("<image href=\"/etc/hostname\" width=\"9\" height=\"9\"/>");
    assert!(made(&linked).is_ok(), "a picture that was not read is not there");
}

#[test]
fn of_a_page_lines_are_read_one_by_one_and_figures_by_their_words() {
    let chart = picture(420, 330).replacen("<svg ", "<svg x=\"10\" y=\"20\" ", 1);
    let text = |y: u32, words: &str| {
        format!("<text x=\"9\" y=\"{y}\" font-size=\"14\" opacity=\"1\">{words}</text>")
    };
    let page = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"500\" height=\"700\"><rect width=\"500\" height=\"9\" opacity=\"0.5\"/>{}{chart}{chart}{}</svg>",
        text(20, "Before صبور the figure"),
        text(690, "After the figure"),
    );
    let made = pdf(&[PdfPage { svg: &page, width: 500.0, height: 700.0 }], &about()).unwrap();
    let raw = String::from_utf8_lossy(&made);
    let count = |what: &str| raw.matches(what).count();
    assert_eq!(count("/S/P") + count("/S /P\n"), 2, "two lines");
    assert_eq!(count("Lines of every script"), 2, "two figures");
    let content = streams(&made).into_iter().find(|stream| stream.contains("BDC")).unwrap();
    assert_eq!(content.matches("/MCID").count(), 3 + 2 + 1, "the first line has three pieces");
    assert_eq!(
        content.matches("BDC").count() + content.matches("BMC").count(),
        content.matches("EMC").count()
    );
    assert!(content.contains("/Artifact"));
    let nothing = png(&page, PngScale::One).unwrap();
    assert!(!nothing.is_empty());
}
