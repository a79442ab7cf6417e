"""Search tables: copies of what others own, in the shape in which it is asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field, SQLModel

from marketplace.kernel import columns
from marketplace.kernel.ids import ProductId

SHOWN = text("offers > 0")


class Document(SQLModel, table=True):
    """A product as lists show it: what is filtered and sorted by, and its card as ready JSON.

    Narrow, and apart from its text: prices and stock change all day, and must not drag a thousand word positions along.
    """

    __tablename__ = "search_documents"
    __table_args__ = (
        CheckConstraint("offers >= 0", name="offers_not_negative"),
        Index("ix_search_documents_popular", "score", "product_id", postgresql_where=SHOWN),
        Index("ix_search_documents_newest", "listed_at", "product_id", postgresql_where=SHOWN),
        Index("ix_search_documents_price", "price_minor", "product_id", postgresql_where=SHOWN),
        Index("ix_search_documents_brand", "brand_key", postgresql_where=SHOWN),
        Index("ix_search_documents_categories", "category_slugs", postgresql_using="gin"),
        Index("ix_search_documents_stores", "store_ids", postgresql_using="gin"),
        {"postgresql_with": {"fillfactor": 80}},
    )

    product_id: ProductId = columns.ref("products", primary_key=True)
    category_slugs: list[str] = Field(sa_type=ARRAY(Text))
    store_ids: list[UUID] = Field(sa_type=ARRAY(Uuid))
    brand: str | None = Field(default=None, max_length=120)
    brand_key: str | None = Field(default=None, max_length=120)
    price_minor: int | None = columns.maybe_minor_units()
    currency: str | None = Field(default=None, max_length=3)
    badges: list[str] = Field(sa_type=ARRAY(Text))
    offers: int
    score: int
    listed_at: datetime = columns.instant()
    card: str = columns.prose()
    card_ar: str | None = columns.maybe_prose()
    changed_in: int = Field(sa_type=BigInteger, index=True)
    """The transaction that wrote this row last: how readers learn what changed since they looked."""


class ProductText(SQLModel, table=True):
    """The words of a product: weighted for matching, and the folded words of its name for the lexicon."""

    __tablename__ = "search_texts"
    __table_args__ = (Index("ix_search_texts_words", "words", postgresql_using="gin"),)

    product_id: ProductId = columns.ref("products", primary_key=True)
    words: str = Field(sa_type=TSVECTOR)
    name: str = columns.prose()
    brand_key: str | None = Field(default=None, max_length=120)
    revision: int


class Word(SQLModel, table=True):
    """A word that stands in the name of some product, and in how many: what typing errors are corrected to."""

    __tablename__ = "search_words"
    __table_args__ = (
        CheckConstraint("products >= 0", name="products_not_negative"),
        Index("ix_search_words_likeness", "word", postgresql_using="gist", postgresql_ops={"word": "gist_trgm_ops"}),
        Index("ix_search_words_beginning", "word", postgresql_ops={"word": "text_pattern_ops"}),
    )

    word: str = Field(primary_key=True, max_length=40)
    products: int
