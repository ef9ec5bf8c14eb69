"""Inquiries as FHIR R4B, for the systems of clinics; docs/records.md has the mapping as a table."""
