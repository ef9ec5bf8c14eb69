"""Needlepoint: the screening chatbot of physiotherapy clinics that offer IMS (dry needling)."""
