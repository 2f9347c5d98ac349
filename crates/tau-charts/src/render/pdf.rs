//! PDF: vectors and real text, so that words can be searched, copied and read aloud.

use super::pages::{Fonts, Painter, Parts};
use super::{RenderError, read};
use krilla::Document;
use krilla::geom::{Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};

/// Points of PDF in a pixel of CSS.
const POINTS: f32 = 0.75;
/// The longest edge of a page in points (PDF 1.7, annex C).
const LONGEST: f32 = 14_400.0;

/// A page: a picture that fills it.
#[derive(Clone, Copy, Debug)]
pub struct PdfPage<'a> {
    /// The picture. One that says of itself `role="img"` becomes a figure, with its `aria-label` as
    /// the alternative. Another is a page: its lines of text are read one by one in the order of the
    /// file, elements within it with `role="img"` are figures, other shapes are decoration.
    pub svg: &'a str,
    /// Width of the page in pixels of CSS, 96 to the inch.
    pub width: f32,
    /// Height of the page in pixels of CSS.
    pub height: f32,
}

/// What a document says about itself.
#[derive(Clone, Copy, Debug)]
pub struct PdfAbout<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its language as a tag ("en", "pt-BR").
    pub language: &'a str,
    /// What it is about, in a sentence; may be empty.
    pub subject: &'a str,
    /// When it was made, in seconds since 1970 (UTC).
    pub created: Option<i64>,
}

/// Pictures as one PDF, a page each.
///
/// # Errors
/// When an SVG cannot be read, or a page is longer than 200 inches or has no size.
pub fn pdf(pages: &[PdfPage<'_>], about: &PdfAbout<'_>) -> Result<Vec<u8>, RenderError> {
    let mut document = Document::new();
    let mut tags = TagTree::new().with_lang(Some(about.language.to_owned()));
    let mut fonts = Fonts::default();
    for page in pages {
        let picture = read(page.svg)?;
        let size = size(page)?;
        let settings = PageSettings::new(size);
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        // All of a picture that is one figure is marked at once; a page marks its parts by itself.
        let figure = picture
            .label
            .as_ref()
            .map(|label| (label.clone(), surface.start_tagged(ContentTag::Other)));
        let (wide, high) = (picture.tree.size().width(), picture.tree.size().height());
        let scale = Transform::from_scale(size.width() / wide, size.height() / high);
        surface.push_transform(&scale);
        let mut painter = Painter::new(&mut surface, &picture, &mut fonts);
        let drawn = painter.group(picture.tree.root());
        let parts = painter.finish();
        surface.pop();
        if figure.is_some() {
            surface.end_tagged();
        }
        surface.finish();
        sheet.finish();
        drawn?;
        for group in parts.into_iter().flat_map(Parts::into_groups) {
            tags.push(group);
        }
        if let Some((label, content)) = figure {
            tags.push(TagGroup::with_children(Tag::Figure(Some(label)), vec![content.into()]));
        }
    }
    document.set_tag_tree(tags);
    let mut metadata = Metadata::new()
        .title(about.title.to_owned())
        .description(about.subject.to_owned())
        .language(about.language.to_owned())
        .creator("Tau-Trait Desktop".to_owned());
    if let Some(created) = about.created {
        metadata = metadata.creation_date(date(created));
    }
    document.set_metadata(metadata);
    document.finish().map_err(|error| RenderError::Pdf(error.to_string()))
}

fn size(page: &PdfPage<'_>) -> Result<Size, RenderError> {
    let (width, height) = (page.width * POINTS, page.height * POINTS);
    match Size::from_wh(width, height) {
        Some(size) if width.max(height) <= LONGEST && width.min(height) > 0.0 => Ok(size),
        _ => Err(RenderError::TooLarge {
            width: page.width as u64,
            height: page.height as u64,
            unit: "pixels",
            limit: "a page has 1 to 19,200 pixels on each side",
        }),
    }
}

/// A moment as a date: days into years by the civil calendar
/// (<https://howardhinnant.github.io/date_algorithms.html#civil_from_days>).
fn date(seconds: i64) -> DateTime {
    let days = seconds.div_euclid(86_400);
    let of_day = seconds.rem_euclid(86_400);
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    DateTime::new(year.clamp(0, 9999) as u16)
        .month(month as u8)
        .day(day as u8)
        .hour((of_day / 3600) as u8)
        .minute((of_day / 60 % 60) as u8)
        .second((of_day % 60) as u8)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}
